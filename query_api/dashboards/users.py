"""Accounts, as staff sees them."""

from starlette_admin.fields import (
    BooleanField,
    DateTimeField,
    EnumField,
    StringField,
    TagsField,
    UUIDField,
)

from query_api.dashboards.history import WithHistory
from query_api.dashboards.people import OfAccounts, email_field
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.wording import both


class Users(OfAccounts, WithHistory):
    key = "users"
    category = "account"
    menu_label = both("Пользователи", "Users")
    display_name = both("пользователь", "user")
    icon = "fa fa-users"
    permission = "accounts:read"
    pk_attr = "account_id"
    called = "email"
    fields = (
        email_field(),
        TagsField("roles", label=both("Роли", "Roles")),
        BooleanField("verified", label=both("Подтверждён", "Verified")),
        BooleanField("blocked", label=both("Заблокирован", "Blocked")),
        EnumField(
            "locale",
            label=both("Язык", "Language"),
            choices=(("ru", "Русский"), ("en", "English")),
        ),
        StringField(
            "time_zone",
            label=both("Часовой пояс", "Time zone"),
            exclude_from_list=True,
        ),
        DateTimeField(
            "registered_at",
            label=both("Зарегистрирован", "Registered"),
        ),
        DateTimeField(
            "last_signed_in_at",
            label=both("Последний вход", "Last signed in"),
        ),
        UUIDField("account_id", label="ID"),
    )
    searched = ("account_id", "roles")
    computed = ("email",)
    fields_default_sort = (("registered_at", True),)

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables["accounts"])
        self.directory = given.directory
        self.history = given.history
