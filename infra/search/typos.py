"""How far one word is from another, counted in slips of the finger."""


def is_within(one: str, other: str, typos: int) -> bool:
    """Restricted Damerau-Levenshtein: neighbours that changed places are one."""
    if abs(len(one) - len(other)) > typos:
        return False
    if len(set(one) ^ set(other)) > 2 * typos:
        return False
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, counterpart in enumerate(other, 1):
            cost = min(
                above[column] + 1,
                line[column - 1] + 1,
                above[column - 1] + (letter != counterpart),
            )
            if (
                row > 1
                and column > 1
                and letter == other[column - 2]
                and one[row - 2] == counterpart
            ):
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > typos:
            return False
        before, above = above, line
    return above[-1] <= typos
