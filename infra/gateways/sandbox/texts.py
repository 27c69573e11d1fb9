"""What the pages say, in Russian and in English."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["ru", "en"]

TEXTS: Mapping[Language, Mapping[str, str]] = {
    "ru": {
        "title": "Оплата",
        "sandbox": "Песочница: деньги не списываются",
        "to_pay": "К оплате",
        "order": "Заказ",
        "saved": "Карта сохранится для следующих списаний",
        "card": "Номер карты",
        "expiry": "Срок действия",
        "cvc": "CVC",
        "pay": "Оплатить",
        "cards": "Тестовые карты",
        "cards_hint": "Срок – любой в будущем, CVC – любой. Выберите карту:",
        "works": "Оплата пройдёт",
        "declined_with": "Отказ",
        "three_d_secure": "с 3-D Secure",
        "secure_title": "Подтверждение платежа",
        "secure_text": "Так банк спросил бы вас, вы ли платите картой",
        "secure_code": "Код из сообщения",
        "secure_hint": "Здесь подойдёт любой код",
        "confirm": "Подтвердить",
        "refuse": "Это не я",
        "binding_title": "Привязка карты",
        "binding_failed": "Карта не привязана",
        "back": "Вернуться в магазин",
        "unknown_card": "Здесь платят только тестовыми картами, список ниже",
        "bad_expiry": "Месяц и год в будущем, например 12/32",
        "bad_cvc": "Три цифры с обратной стороны карты",
        "pending": "Ждёт оплаты",
        "waiting_for_capture": "Деньги зарезервированы",
        "succeeded": "Оплачено",
        "canceled": "Платёж не прошёл",
        "shop_title": "Вы снова в магазине",
        "shop_text": "Здесь был бы сайт, с которого вы пришли",
        "language": "English",
    },
    "en": {
        "title": "Payment",
        "sandbox": "Sandbox: nobody is charged",
        "to_pay": "To pay",
        "order": "Order",
        "saved": "The card will be kept for later charges",
        "card": "Card number",
        "expiry": "Valid until",
        "cvc": "CVC",
        "pay": "Pay",
        "cards": "Test cards",
        "cards_hint": "Any date in the future, any CVC. Choose a card:",
        "works": "Pays",
        "declined_with": "Declines",
        "three_d_secure": "with 3-D Secure",
        "binding_title": "Saving a card",
        "binding_failed": "The card has not been saved",
        "secure_title": "Confirm the payment",
        "secure_text": "This is where your bank would ask whether it is you who pays",
        "secure_code": "Code from the message",
        "secure_hint": "Any code will do here",
        "confirm": "Confirm",
        "refuse": "It is not me",
        "back": "Back to the shop",
        "unknown_card": "Only test cards pay here; they are listed below",
        "bad_expiry": "A month and year in the future, such as 12/32",
        "bad_cvc": "The three digits on the back of the card",
        "pending": "Awaiting payment",
        "waiting_for_capture": "The money is held",
        "succeeded": "Paid",
        "canceled": "The payment did not go through",
        "shop_title": "You are back in the shop",
        "shop_text": "The site you came from would be here",
        "language": "Русский",
    },
}

REASONS: Mapping[Language, Mapping[str, str]] = {
    "ru": {
        "3d_secure_failed": "Не пройдена проверка 3-D Secure",
        "call_issuer": "Банк отказал: позвоните в банк, выпустивший карту",
        "card_expired": "Истёк срок действия карты",
        "country_forbidden": "Картой этой страны заплатить нельзя",
        "expired_on_confirmation": "Время на оплату истекло",
        "fraud_suspected": "Подозрение на мошенничество",
        "general_decline": "Банк отказал без объяснений",
        "insufficient_funds": "Не хватает денег на карте",
        "invalid_card_number": "Неверный номер карты",
        "invalid_csc": "Неверный CVC",
        "issuer_unavailable": "Банк, выпустивший карту, недоступен",
        "payment_method_limit_exceeded": "Исчерпан лимит по карте",
        "payment_method_restricted": "Операции по карте запрещены",
    },
    "en": {
        "3d_secure_failed": "The 3-D Secure check was not passed",
        "call_issuer": "Declined: call the bank that issued the card",
        "card_expired": "The card has expired",
        "country_forbidden": "Cards of this country are not accepted",
        "expired_on_confirmation": "The time to pay has run out",
        "fraud_suspected": "Suspected of fraud",
        "general_decline": "Declined without a reason",
        "insufficient_funds": "Not enough money on the card",
        "invalid_card_number": "Wrong card number",
        "invalid_csc": "Wrong CVC",
        "issuer_unavailable": "The bank that issued the card cannot be reached",
        "payment_method_limit_exceeded": "The limit of the card is exhausted",
        "payment_method_restricted": "The card is blocked for such payments",
    },
}


def money(amount: Mapping[str, str], language: Language) -> str:
    """``1 299,00 ₽`` or ``₽1,299.00``."""
    sign = {"RUB": "₽", "USD": "$", "EUR": "€"}.get(
        amount["currency"], amount["currency"]
    )
    text = f"{float(amount['value']):,.2f}"
    if language == "en":
        return f"{sign}{text}"
    return f"{text.replace(',', ' ').replace('.', ',')} {sign}"
