"""How a quantity is told: its value with error, the published one, and in words whether they agree."""


def measured(value, error, unit: str) -> str:
    """0.437(8) eV, with two digits of error where its first digit is 1; 4.4e-9 style beyond 1e-4..1e6."""
    import math

    suffix = "" if unit in ("", "1", None) else f" {unit}"
    if value is None:
        return "—"
    if not error or not math.isfinite(error):
        return f"{value:.5g}{suffix}"
    exponent = math.floor(math.log10(error))
    last = exponent - 1 if error / 10.0**exponent < 1.95 else exponent
    magnitude = math.floor(math.log10(abs(value))) if value else last
    scale = max(magnitude, last)
    if scale < -4 or scale > 6:
        return f"{value / 10.0**scale:.{scale - last}f}({error / 10.0**last:.0f})e{scale}{suffix}"
    if last > 0:
        step = 10.0**last
        return f"{round(value / step) * step:.0f}({round(error / step) * step:.0f}){suffix}"
    return f"{value:.{-last}f}({error / 10.0**last:.0f}){suffix}"


def in_words(quantity: dict) -> tuple[str, str]:
    """(class, words) of a quantity: good, fair, poor, refused or plain."""
    if quantity.get("status") == "refused":
        return "refused", "refused"
    if quantity.get("status") == "not_run":
        return "refused", "not run"
    differs = (quantity.get("reference") or {}).get("differs")
    if differs:
        return "plain", f"conditions differ: {differs}"
    pull = quantity.get("pull")
    if pull is None:
        return "plain", "no error to compare with" if quantity.get("reference") else ""
    if abs(pull) <= 1.0:
        return "good", "agrees"
    if abs(pull) <= 2.0:
        return "good", "agrees within 2 errors"
    if abs(pull) <= 3.0:
        return "fair", "in tension"
    return "poor", "differs"


def compared(quantities: list[dict]) -> list[dict]:
    """The quantities that stand beside a published one, in the order of the study."""
    return [q for q in quantities if q.get("reference")]
