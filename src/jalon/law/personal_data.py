"""What a text says of other people without needing it: a telephone, an e-mail, a name behind a civil title (R-126)."""

import re

from jalon.law.rulebook import enforces

PHONE = re.compile(
    r"(?<![\w+.,-])(?:(?:\+|00)33[\s.-]?|0)[1-9](?:[\s.-]?\d\d){4}(?![\w-])(?![.,]\d)"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,20}")
#: A title and a name; « monsieur le directeur » and « 12 M. » name nobody.
NAMED = re.compile(
    r"(?<![\w.])(?<!\d\s)(?:M\.|MM\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|[Dd]octeur|monsieur|madame)\s+"
    r"(?:(?:[Dd]e|[Dd]u|[Ll]e|[Ll]a)\s+|[Dd][’'])?[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ][\w’'-]*"
)


@enforces("R-126")
def of_others(text: str) -> list[str]:
    """Return what a text says that tells of other people, in the order it stands."""
    found = [one for kind in (PHONE, EMAIL, NAMED) for one in kind.finditer(text)]
    return [one.group() for one in sorted(found, key=re.Match.start)]
