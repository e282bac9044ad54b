"""The four levels of thinking that Vietnamese examinations tell apart."""

from enum import StrEnum


class Level(StrEnum):
    """From recall to application in a new setting; names as printed on test blueprints."""

    NB = "NB"  # nhận biết: recall
    TH = "TH"  # thông hiểu: understanding
    VD = "VD"  # vận dụng: application
    VDC = "VDC"  # vận dụng cao: higher application
