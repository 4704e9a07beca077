"""Names as people have them, in many scripts. Each has to be printed whole."""

NAMES = {
    "English": "Amina Yusuf",
    "two letters": "Ng",
    "87 letters without a space": (
        "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafe"
    ),
    "as long as a name may be": "Maria de los Ángeles Fernández-Castañeda y " * 2
    + "Santos-Olmedilla de la Orden Vieja",
    "Welsh": "Rhiannon Ŵyn Prŷs",
    "Irish": "Caoimhín Ó Súilleabháin",
    "Polish": "Grzegorz Brzęczyszczykiewicz",
    "Turkish": "Şükrü Çağlar Öztürk",
    "Yoruba": "Ọláolúwa Adébáyọ̀",
    "Hawaiian": "Kahikāpū Ni\u02bbihau",
    "Vietnamese": "Nguyễn Thị Phương Thảo",
    "Greek": "Αλέξανδρος Παπαδόπουλος",
    "Ukrainian": "Надія Вікторівна Щербаківська",
    "Arabic": "آمنة يوسف",
    "Arabic, lam and alif": "علاء الدين الأحمد",
    "Urdu": "محمد عثمان قریشی",
    "Hebrew": "נועה לוי",
    "Hindi": "अनीता शर्मा",
    "Bengali": "রহিমা খাতুন",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Gujarati": "ભાવના પટેલ",
    "Tamil": "கவிதா செல்வம்",
    "Thai": "สมหญิง ใจดี",
    "Tigrinya": "ሰላም ተስፋይ",
    "Chinese": "欧阳娜娜",
    "Chinese, traditional": "陳大文",
    "Japanese": "山田 さくら",
    "Korean": "김민준",
    "two scripts": "Mei Wong 王美",
}
