//! German.

use crate::facts::tongue::Tongue;
use crate::facts::tongue::WordList;

pub(super) static GERMAN: Tongue = Tongue {
    code: "de",
    contracts: false,
    capital_nouns: true,
    capital_months: true,
    digraphs: true,
    ordinals: true,
    numbers: WordList::new(
        "zwei drei fuenf zwoelf fuenfzehn fuenfzig vier funf sechs sieben acht neun zehn elf \
         zwolf funfzehn zwanzig dreissig vierzig funfzig hundert hunderte tausend tausende \
         million millionen dutzend beide beiden doppelt halb halbe anderthalb",
    ),
    weekdays: WordList::new(
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag montags dienstags \
         mittwochs donnerstags freitags samstags sonntags",
    ),
    months: WordList::new(
        "januar janner jaenner maerz februar feber marz april mai juni juli august september \
         oktober november dezember okt dez",
    ),
    abbreviations: WordList::new(
        "bzw ref ca evtl ggf inkl usw etc str tel bzgl zzgl hr geb mind max abt kl jh std min mio \
         mrd vgl sog insb tsd mag lic phil med rer nat dipl z u d o a s",
    ),
    // The polite forms, and nouns that often stand without an article.
    no_names: WordList::new(
        "sie ihnen ihr ihre ihren ihrem ihrer ihres du dich dir dein deine deinen deinem deiner \
         deines euch euer eure euren eurem eurer ich wir interesse kontakt verbindung freude dank \
         grusse gruss lust zeit themen thema fragen frage profil netzwerk beitrag beitrage \
         artikel vortrag vortrage unternehmen firma firmen kunden kollegen kollege kollegin \
         menschen leute personen jahren jahre jahr monaten monate wochen woche tagen tage stunden \
         minuten ideen erfahrungen einblicke projekte projekten produkte daten zahlen ergebnisse \
         teilzeit vollzeit homeoffice zukunft arbeit beruf branche bereich bereichen job jobs \
         stelle stellen position rolle team teams karriere vertrieb verkauf marketing einkauf \
         personal logistik technik industrie handel handwerk pflege bildung schule schulen uni \
         studium ausbildung praktikum feedback rat hilfe geld wissen austausch gesprach gesprache \
         kaffee mittag abend morgen grund weise art anfang ende mitte herbst winter sommer \
         fruhling fruhjahr ort hause haus bezug hinblick rahmen zug laufe sachen ding dinge \
         zeiten bedarf moment euro franken prozent stuck meter kilo tonnen herr herrn frau dame \
         damen herren linkedin xing online community business coach coaching software unterlagen \
         informationen infos details mails mail post beispiel schritte lehrer studenten \
         studierende schuler eltern kinder kindern frauen manner gaste mitarbeiter mitarbeitende \
         mitarbeitenden bewerber fachkrafte azubis partner anbieter kontakte kontakten \
         gleichgesinnte gleichgesinnten experten profis respekt gluckwunsch erfolg spass mut \
         geduld gluck vielleicht danke bitte hallo gruezi viele liebe beste freundliche herzliche \
         schone mehr alles gern gerne",
    ),
    noun_endings: &[
        "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen",
        "tat", "taten", "ismus", "ment", "nis", "nisse", "nissen", "tum", "ierung", "anz", "enz",
        "ik", "ur", "ant", "anten", "ent", "enten", "innen", "arbeit", "technik", "bereich",
        "branche", "welt", "markt", "leiter", "leiterin",
    ],
    before_nouns: WordList::new(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner \
         mein meine meinen meinem meiner dein deine deinen deinem deiner sein seine seinen seinem \
         seiner ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer euer eure euren \
         eurem eurer im am zum zur vom beim ins ans ums dieser diese dieses diesen diesem jeder \
         jede jedes jeden jedem welche welcher welches welchen welchem alle allen aller viele \
         vielen viel wenig wenige mehr einige einigen mehrere mehreren etwas was zwei drei vier \
         funf sechs sieben acht zehn",
    ),
};
