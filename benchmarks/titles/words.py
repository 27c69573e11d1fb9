"""Of what titles are made up: in Russian with what agreement needs, and in English."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

Gender: TypeAlias = Literal["m", "f", "n"]


@dataclass(frozen=True, slots=True)
class Noun:
    ru: str
    genitive: str
    gender: Gender
    en: str


@dataclass(frozen=True, slots=True)
class Adjective:
    masculine: str
    en: str

    def agreeing(self, gender: Gender) -> str:
        stem, ending = self.masculine[:-2], self.masculine[-2:]
        if gender == "m":
            return self.masculine
        if ending == "ий" and stem.endswith("н"):
            return stem + ("яя" if gender == "f" else "ее")
        return stem + ("ая" if gender == "f" else "ое")


NOUN_LINES = """\
брат брата m brother
брак брака m marriage
сестра сестры f sister
отец отца m father
мать матери f mother
сын сына m son
дочь дочери f daughter
друг друга m friend
враг врага m enemy
король короля m king
королева королевы f queen
принц принца m prince
царь царя m tsar
солдат солдата m soldier
офицер офицера m officer
охотник охотника m hunter
пленница пленницы f captive
странник странника m wanderer
убийца убийцы m killer
убийство убийства n murder
свидетель свидетеля m witness
доктор доктора m doctor
капитан капитана m captain
человек человека m man
девушка девушки f girl
женщина женщины f woman
мальчик мальчика m boy
волк волка m wolf
собака собаки f dog
лебедь лебедя m swan
дракон дракона m dragon
тигр тигра m tiger
птица птицы f bird
змея змеи f snake
призрак призрака m phantom
ангел ангела m angel
дьявол дьявола m devil
вампир вампира m vampire
чудовище чудовища n beast
герой героя m hero
война войны f war
мир мира m peace
битва битвы f battle
любовь любви f love
смерть смерти f death
жизнь жизни f life
судьба судьбы f fate
история истории f story
тайна тайны f secret
ложь лжи f lie
мечта мечты f dream
надежда надежды f hope
память памяти f memory
свобода свободы f freedom
месть мести f revenge
возвращение возвращения n return
побег побега m escape
путешествие путешествия n journey
дорога дороги f road
путь пути m way
мост моста m bridge
дом дома m house
замок замка m castle
город города m city
улица улицы f street
остров острова m island
море моря n sea
река реки f river
лес леса m forest
гора горы f mountain
пустыня пустыни f desert
небо неба n sky
звезда звезды f star
луна луны f moon
солнце солнца n sun
планета планеты f planet
земля земли f earth
космос космоса m space
ветер ветра m wind
снег снега m snow
дождь дождя m rain
огонь огня m fire
лёд льда m ice
ночь ночи f night
день дня m day
утро утра n morning
зима зимы f winter
весна весны f spring
лето лета n summer
осень осени f autumn
зеркало зеркала n mirror
кольцо кольца n ring
меч меча m sword
крест креста m cross
корабль корабля m ship
поезд поезда m train
письмо письма n letter
игра игры f game
танец танца m dance
песня песни f song
золото золота n gold
бриллиант бриллианта m diamond
матрица матрицы f matrix
терминатор терминатора m terminator
дозор дозора m watch
миля мили f mile
начало начала n beginning
"""
ADJECTIVE_LINES = """\
белый white
чёрный black
красный red
зелёный green
синий blue
золотой golden
серебряный silver
железный iron
стеклянный glass
каменный stone
тёмный dark
светлый bright
холодный cold
жестокий cruel
нежный tender
тихий quiet
громкий loud
старый old
молодой young
новый new
древний ancient
последний last
великий great
маленький little
большой big
высокий tall
далёкий distant
чужой strange
родной native
забытый forgotten
потерянный lost
украденный stolen
запретный forbidden
тайный hidden
вечный eternal
мёртвый dead
живой living
слепой blind
голодный hungry
дикий wild
бешеный mad
безумный insane
счастливый happy
грустный sad
одинокий lonely
бесконечный endless
прекрасный beautiful
ужасный terrible
смешной funny
невидимый invisible
лунный lunar
солнечный sunny
звёздный starry
снежный snowy
ночной nightly
зимний wintry
осенний autumnal
летний summery
сломанный broken
пустой empty
горький bitter
сладкий sweet
"""


def noun(line: str) -> Noun:
    ru, genitive, gender, en = line.split()
    if gender not in get_args(Gender):
        raise ValueError(line)
    return Noun(ru, genitive, cast("Gender", gender), en)


NOUNS = tuple(noun(line) for line in NOUN_LINES.splitlines())
ADJECTIVES = tuple(Adjective(*line.split()) for line in ADJECTIVE_LINES.splitlines())
GENRE_NAMES = """\
Драма Комедия Мелодрама Боевик Триллер Фантастика Ужасы Детектив Приключения Семейный
Военный Мультфильм
"""
FIRST_NAME_LINES = """\
Александр Алексей Анна Борис Вера Виктор Галина Дмитрий Егор Елена Иван Ирина Кирилл
Ксения Лев Людмила Марина Михаил Наталья Олег Пётр Светлана Сергей Юрий
Alice Anthony Brian Claire David Emma Frank Grace Helen Jack James Jane Kate Laura
Luc Marie Martin Nina Oliver Paul Peter Rose Sam Thomas Walter Yuki Min-ho Amélie
"""
LAST_NAME_LINES = """\
Абрамов Белов Волков Громов Дорохов Ефремов Жуков Зимин Исаев Королёв Лебедев
Морозов Никитин Орлов Павлов Рощин Соколов Титов Ушаков Фролов Царёв Чехов Щукин
Anderson Baker Carter Dubois Evans Fischer Garcia Hunter Ivory King Lambert Moreau
Newman Olsen Parker Quinn Rossi Stone Tanaka Underwood Vogel Winter Young Zimmer
"""
GENRES, FIRST_NAMES, LAST_NAMES = (
    tuple(text.split()) for text in (GENRE_NAMES, FIRST_NAME_LINES, LAST_NAME_LINES)
)
