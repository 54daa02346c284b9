"""The language is that of the text."""

import pytest

from functions.extract.metadata.language import find_language, language_code

SAMPLES = {
    "en": "The council said on Tuesday that the bridge will be closed for repairs, and that drivers should use the road by the river.",
    "de": "Die Stadt hat am Dienstag mitgeteilt, dass die Brücke wegen der Arbeiten gesperrt wird und der Verkehr über die alte Straße fährt.",
    "nl": "De gemeente heeft dinsdag gezegd dat de brug dicht gaat voor het werk en dat het verkeer via de oude weg wordt geleid.",
    "no": "Kommunen sa tirsdag at broen blir stengt, og at de som kjører bil må bruke den gamle veien ved elven når de skal hjem etter jobb.",
    "sv": "Kommunen sade på tisdagen att bron ska stängas och att de som kör bil får ta den gamla vägen vid älven när de ska hem efter jobbet.",
    "is": "Bærinn sagði á þriðjudag að brúin verði lokuð og að þeir sem aka bíl þurfi að fara gamla veginn með ánni þegar þeir fara heim.",
    "pt": "A câmara disse na terça-feira que a ponte vai ser fechada e que os carros não podem passar pela estrada até ao fim do mês.",
    "cs": "Město v úterý oznámilo, že most bude uzavřen a že auta musí jet po staré silnici u řeky, protože práce budou trvat až do podzimu.",
    "uk": "Міська рада у вівторок повідомила, що міст буде закрито, і що водії мають їхати старою дорогою біля річки до кінця року.",
    "bg": "Общината съобщи във вторник, че мостът ще бъде затворен и че колите трябва да минават по стария път до края на годината.",
    "sw": "Halmashauri ya mji ilisema kwamba daraja litafungwa kwa ajili ya kazi na watu watatumia barabara ya zamani katika wiki hii.",
    "zu": "Umkhandlu uthe ibhuloho lizovalwa futhi abantu kuzomele basebenzise umgwaqo omdala ngoba umsebenzi uzothatha isikhathi, kodwa uma kunjalo.",
    "fa": "شهرداری گفت که این پل از سه‌شنبه بسته خواهد شد و مردم باید از راه قدیمی استفاده کنند تا کار تمام شود.",
    "ja": "市は火曜日、橋を工事のため閉鎖すると発表した。車は川沿いの古い道を通ることになる。",
    "zh": "市政府星期二宣布，大桥将因维修而关闭，车辆须走河边的旧路。",
    "el": "Ο δήμος ανακοίνωσε ότι η γέφυρα θα κλείσει και ότι τα αυτοκίνητα θα περνούν από τον παλιό δρόμο.",
    "hi": "नगर परिषद ने मंगलवार को कहा कि पुल मरम्मत के लिए बंद रहेगा और वाहन नदी के किनारे वाली पुरानी सड़क से जाएंगे।",
    "mr": "नगरपालिकेने मंगळवारी सांगितले की दुरुस्तीसाठी पूल बंद राहील आणि वाहनांना नदीकाठच्या जुन्या रस्त्याने जावे लागेल, असे त्यांनी म्हटले आहे.",
    "ne": "नगरपालिकाले मंगलबार पुल मर्मतका लागि बन्द हुने र सवारी साधन पुरानो बाटो भएर जानुपर्ने बताएको छ।",
    "id": "Pemerintah kota pada hari Selasa mengatakan bahwa jembatan akan ditutup karena perbaikan dan mobil bisa lewat jalan lama di tepi sungai.",
    "ms": "Majlis bandar pada hari Selasa berkata bahawa jambatan akan ditutup kerana pembaikan dan kereta boleh melalui jalan lama di tepi sungai.",
    "da": "Kommunen sagde tirsdag, at broen bliver lukket, og at de, der kører bil, må bruge den gamle vej ved åen, når de skal hjem efter arbejde.",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sentence_or_two_name_their_language(code: str) -> None:
    assert find_language(SAMPLES[code], [])[0] == code


def test_a_template_in_another_language_does_not_decide() -> None:
    assert find_language(SAMPLES["zu"], ["en-ZA"])[0] == "zu"


def test_a_declaration_decides_between_close_languages() -> None:
    assert find_language("Regn.", ["da"])[0] == "da"


def test_one_language_has_one_code() -> None:
    assert [language_code(value) for value in ("nb-NO", "pt_BR", "iw", "EN", "und", "")] == [
        "no",
        "pt",
        "he",
        "en",
        "",
        "",
    ]
