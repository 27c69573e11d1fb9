"""What a request may say. Stricter than the provider: here a mistake is found early."""

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from infra.gateways.sandbox.failures import invalid

MetadataKey = Annotated[str, StringConstraints(min_length=1, max_length=32)]
MetadataValue = Annotated[str, StringConstraints(max_length=512)]
Value = Annotated[str, StringConstraints(pattern=r"^\d{1,9}\.\d{2}$")]
#: Of a card payment, in rubles.
LEAST, MOST = 1.0, 350_000.0


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AnyAmount(Part):
    value: Value
    currency: Literal["RUB", "USD", "EUR"]


class RefundedAmount(AnyAmount):
    @model_validator(mode="after")
    def is_something(self) -> Self:
        if not float(self.value):
            raise ValueError("at least 0.01")
        return self


class Amount(AnyAmount):
    @model_validator(mode="after")
    def within_limits(self) -> Self:
        if not LEAST <= float(self.value) <= MOST:
            raise ValueError(f"a card pays from {LEAST:.2f} to {MOST:.2f}")
        return self


class Redirect(Part):
    type: Literal["redirect"]
    return_url: Annotated[
        str, StringConstraints(pattern=r"^https?://.", max_length=2048)
    ]
    enforce: bool | None = None
    locale: Literal["ru_RU", "en_US"] | None = None


class MethodData(Part):
    type: Literal["bank_card"]


class ReceiptItem(Part):
    description: Annotated[str, StringConstraints(min_length=1, max_length=128)]
    quantity: float | str
    amount: RefundedAmount
    vat_code: Annotated[int, Field(ge=1, le=12)]
    payment_subject: str | None = None
    payment_mode: str | None = None
    measure: str | None = None


class Customer(Part):
    email: str | None = None
    phone: str | None = None
    full_name: str | None = None
    inn: str | None = None


class Receipt(Part):
    customer: Customer
    items: Annotated[list[ReceiptItem], Field(min_length=1, max_length=100)]
    tax_system_code: Annotated[int, Field(ge=1, le=6)] | None = None
    internet: bool | None = None


class CreatePayment(Part):
    amount: Amount
    description: Annotated[str, StringConstraints(max_length=128)] | None = None
    confirmation: Redirect | None = None
    payment_method_id: str | None = None
    payment_method_data: MethodData | None = None
    save_payment_method: bool = False
    capture: bool = False
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)] = {}
    merchant_customer_id: Annotated[str, StringConstraints(max_length=200)] | None = (
        None
    )
    client_ip: str | None = None
    receipt: Receipt | None = None
    #: The SDK sends these empty; full, they are for other kinds of shops.
    transfers: Annotated[list[Any], Field(max_length=0)] = []
    statements: Annotated[list[Any], Field(max_length=0)] = []

    @model_validator(mode="after")
    def one_way_to_pay(self) -> Self:
        if self.payment_method_id and self.payment_method_data:
            raise ValueError("payment_method_id or payment_method_data, not both")
        if not self.payment_method_id and not self.confirmation:
            raise ValueError("confirmation or payment_method_id is required")
        return self


class MethodHolder(Part):
    gateway_id: str


class CreateMethod(Part):
    """Of a card that is saved without paying."""

    type: Literal["bank_card", "sbp"]
    confirmation: Redirect
    holder: MethodHolder | None = None
    client_ip: str | None = None
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)] = {}


class Capture(Part):
    amount: Amount | None = None
    receipt: Receipt | None = None


class CreateRefund(Part):
    payment_id: Annotated[str, StringConstraints(min_length=36, max_length=36)]
    amount: RefundedAmount
    description: Annotated[str, StringConstraints(max_length=250)] | None = None
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)] = {}
    receipt: Receipt | None = None
    #: The SDK sends these empty; full, they are for marketplaces.
    sources: Annotated[list[Any], Field(max_length=0)] = []


M = TypeVar("M", bound=Part)


def parse(kind: type[M], body: object) -> M:
    """Raises ``Failure``, which names the first parameter that is wrong."""
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        parameter = ".".join(str(step) for step in first["loc"]) or None
        raise invalid(first["msg"], parameter) from error
