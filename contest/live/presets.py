"""Ready-made rules for a live round, as data: the organiser takes one and changes what differs.

`code` is stable, `name` and `about` are Vietnamese and message ids.
"""

import msgspec

from contest.live.rules import BellRules, BuzzerRules, GameRules, LiveRules, TeamRules


class Preset(msgspec.Struct, frozen=True):
    """Rules with a name and one sentence about them."""

    code: str
    name: str
    about: str
    rules: LiveRules


PRESETS: tuple[Preset, ...] = (
    Preset(
        "official",
        "Thi chính thức",
        "Mỗi câu đúng 10 điểm; thời gian chỉ dùng để phân hạng khi bằng điểm.",
        LiveRules(),
    ),
    Preset(
        "official-last",
        "Thi chính thức, được đổi đáp án",
        "Như thi chính thức; trước khi hết giờ được đổi, đáp án gửi sau cùng được tính.",
        LiveRules(answer="last"),
    ),
    Preset(
        "game",
        "Trò chơi tính tốc độ",
        "Câu đúng từ 500 đến 1000 điểm, càng nhanh càng nhiều; nửa giây đầu trọn điểm.",
        LiveRules(mode="game", points=1000, board_every=1),
    ),
    Preset(
        "game-streaks",
        "Trò chơi có chuỗi thắng",
        "Như trò chơi tính tốc độ; từ câu đúng liên tiếp thứ hai được cộng thêm điểm chuỗi.",
        LiveRules(mode="game", points=1000, board_every=1, game=GameRules(streaks=True)),
    ),
    Preset(
        "teams-members",
        "Đồng đội, mọi thành viên trả lời",
        "Điểm của đội là trung bình các thành viên tốt nhất, bằng số người của đội ít người nhất.",
        LiveRules(mode="teams", seconds=30),
    ),
    Preset(
        "teams-captain",
        "Đồng đội, đội trưởng trả lời",
        "Cả đội bàn bạc, chỉ đáp án của đội trưởng được tính.",
        LiveRules(mode="teams", seconds=60, answer="last", teams=TeamRules(answers="captain")),
    ),
    Preset(
        "teams-majority",
        "Đồng đội, theo số đông",
        "Đáp án được nhiều thành viên chọn nhất là đáp án của đội.",
        LiveRules(mode="teams", seconds=30, teams=TeamRules(answers="majority")),
    ),
    Preset(
        "bell",
        "Rung chuông vàng",
        "Sai hoặc không trả lời thì rời sàn; còn một người thì đến câu rung chuông.",
        LiveRules(mode="bell", seconds=15, board_every=0, bell=BellRules(grace=True)),
    ),
    Preset(
        "bell-school",
        "Rung chuông vàng cấp trường",
        "Như Rung chuông vàng; câu rung chuông dành cho tối đa năm người còn lại.",
        LiveRules(mode="bell", seconds=15, board_every=0, bell=BellRules(last=5, grace=True)),
    ),
    Preset(
        "buzzer",
        "Bấm chuông giành quyền",
        "Bấm trước được trả lời trong 5 giây; sai thì người khác được bấm.",
        LiveRules(mode="buzzer", seconds=15, buzzer=BuzzerRules(answer_s=5)),
    ),
    Preset(
        "warm-up-skip",
        "Khởi động: sai mất lượt",
        "Bấm chuông rồi trả lời trong 3 giây, đúng 10 điểm, sai thì mất quyền bấm ở câu tiếp theo.",
        LiveRules(mode="buzzer", seconds=10, reading_s=0, buzzer=BuzzerRules(skip_next=True)),
    ),
    Preset(
        "warm-up-penalty",
        "Khởi động: sai bị trừ điểm",
        "Được bấm khi câu hỏi chưa đọc xong; đúng 10 điểm, sai trừ 5 điểm nhưng không xuống dưới 0.",
        LiveRules(mode="buzzer", seconds=10, reading_s=0, buzzer=BuzzerRules(penalty=5, early=True)),
    ),
)


def get(code: str) -> Preset:
    """The preset; KeyError for an unknown code."""
    return {preset.code: preset for preset in PRESETS}[code]
