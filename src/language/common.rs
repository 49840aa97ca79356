//! Languages that are known by their small words, also in texts too short for trigrams.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::Lang;

/// Words that most sentences of a language have and that English ones have not.
struct Common {
    lang: Lang,
    /// With spaces between them.
    words: &'static str,
}

/// One entry for each language that connote has a pack for, and for their neighbours. Words that English has too ("die", "in", "war",
/// "am", "also") are left out.
const LANGUAGES: [Common; 6] = [
    Common {
        lang: Lang::Deu,
        words: "ich und nicht für fuer mit auf ist sie ihr ihre ihren ihrem ihrer ihnen du dein deine deinen \
            deinem deiner dich dir mein meine meinen meinem meiner mich mir wir uns unser unsere unseren \
            unserem einen einem einer eine ein eines der das dem zu zum zur von vom bei beim über ueber \
            auch noch wie würde wuerde würden wuerden gerne gern habe haben hast hatte hätte haette sind \
            bist waren wird werden kann können koennen kannst könnte koennte möchte moechte möchten \
            freue freuen freut sehr aber oder wenn weil dass nach aus im um es sich vielen dank danke \
            seit schon mal hier gibt kein keine nur vernetzen netzwerk profil beitrag vortrag grüße \
            gruesse grüsse",
    },
    Common {
        lang: Lang::Fra,
        words: "je j'ai j'aimerais j'aime j'étais c'est n'est d'un d'une qu'il qu'on m'a m'ont n'ai t'ai \
            l'avez vous nous votre vos notre tes mon sur avec dans est être etre une du au aux à suis \
            sommes êtes etes avez avons très cette ces cet leur leurs chez depuis comme donc aussi \
            serait serais voudrais voudrions souhaite souhaiterais souhaitons aimerais ravi ravie réseau \
            reseau profil échanger echanger parcours beaucoup peux peut pouvez été faire tous quand \
            pourquoi quel quelle quels quelles vu lu moi toi chère cher cherche cherchons sont étions \
            était etait étiez où pas même après apres avant ont fais rejoindre ajouter connecter bientôt \
            jamais toujours plaisir équipe entreprise métier ils elles parce lors semaine mois ans année \
            boîte truc et ce mais m'intéresse échangeons restons cordialement félicitations jai \
            jaimerais cest jaime s'est c'était l'air n'hésitez t'aurais t'es t'as qu'en jusqu'à \
            aujourd'hui quelqu'un rencontré croisés journée dès disponible demande lundi mardi mercredi \
            jeudi vendredi samedi dimanche besoin",
    },
    // Neighbours of Spanish, with the words that they share, so that none is taken for it. Of as many words the last wins.
    Common {
        lang: Lang::Por,
        words: "equipe tempo deixe olá ola bom boa tarde prezado prezada os das dos da na nas nos em um uma \
            umas com que por para muito mais seu sua seus suas te lhe se é está estão estou este isto \
            isso esse você vocês eu ela eles meu minha meus minhas nosso nossa sou és somos foi era há \
            faz tenho tem temos posso pode podemos poderia quero gostaria gostei gosta vi como quando \
            onde quem porque também já aqui agora desde sobre entre até sem cada tudo todos ano anos \
            semana trabalho empresa perfil rede obrigado obrigada não são às ao à pela pelo aos palestra \
            artigo adoraria conectar",
    },
    Common {
        lang: Lang::Cat,
        words: "temps equip hola tarda els les del al una uns unes un amb que què però molt més seva teva \
            teu seu es és està estan estic aquest aquesta això vostè vostès jo meva meu nostre nostra \
            sóc som va vaig hi té tinc tens tenim puc podem podria vull vol m'agradaria agradaria ara \
            com quan quin quina qui perquè si també ja aquí sobre entre cada tot tots any anys setmana \
            feina treballo empresa perfil xarxa gràcies salutacions xerrada teves seves",
    },
    Common {
        lang: Lang::Ita,
        words: "tempo ciao buongiorno buonasera gentile caro cara il lo gli le del della delle nel nella al \
            alla una uno un con che per ma molto più suo sua tuo tua tuoi ti si ci è sono sto questo \
            questa voi io lui mio mia miei nostro nostra siamo era c'è hanno abbiamo ho può posso \
            possiamo potrebbe voglio vorrei piacerebbe piaciuto piace visto letto quando dove chi perché \
            se anche già qui adesso dal dalla da sul sulla tra fino ogni tutto tutti anno anni settimana \
            lavoro lavorando azienda profilo rete grazie saluti intervento articolo qualcuno di non",
    },
    Common {
        lang: Lang::Spa,
        words: "tiempo equipo respuesta deja hola buenas buenos tardes días estimado estimada querido \
            querida los las del al una unos unas un y con que qué por para pero muy más su sus tu tus te \
            le les lo se nos os es está esta están estoy estás este esto eso ese usted ustedes vos \
            vosotros yo ellos mi mis nuestro nuestra nuestros nuestras soy eres somos sos fue era hay \
            hace han hemos tengo tiene tienes tenemos tenés puedo puede puedes podemos podría podrías \
            quiero quiere quieres querés quisiera gustaría gustaria gustó gusta encantó encanta vi leí \
            ví como cómo cuando cuándo cuál donde dónde quién porque si sí también tambien ya aquí ahora \
            desde sobre entre hasta cada todo todos año años semana trabajo trabajando empresa perfil \
            añadirte agregarte conectar gracias saludos charla servicios precios ventas negocio negocios \
            empresas estimados estimadas compromiso ser estar hacer bien mejor dinero ganar horas nuevo \
            nueva oportunidad oportunidades ofrecemos ayudamos vendemos buscamos necesito aunque mucho \
            muchas nada dos tres artículo alguien algo ayer ando busco buscando",
    },
];

/// The fewest words of a language that show it.
const LEAST: usize = 3;
/// The share of all words that they must be.
const SHARE: f64 = 0.2;
/// More than so many times as many as the English ones they must be.
const TIMES: usize = 2;

/// The languages that have a word among their common ones: a bit for each, by its place in [`LANGUAGES`].
static LANGUAGES_OF: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages_of = FxHashMap::default();
    for (number, language) in LANGUAGES.iter().enumerate() {
        for word in language.words.split_whitespace() {
            *languages_of.entry(word).or_default() |= 1 << number;
        }
    }
    languages_of
});

/// The language that words show, given how many of them are common English words.
pub(super) fn shown_by_words(words: &[&str], english: usize) -> Option<Lang> {
    let mut counts = [0; LANGUAGES.len()];
    for word in words {
        let mut rest = LANGUAGES_OF.get(word).copied().unwrap_or_default();
        while rest != 0 {
            counts[rest.trailing_zeros() as usize] += 1;
            rest &= rest - 1;
        }
    }
    let shown = counts.into_iter().zip(LANGUAGES.iter());
    let (count, language) = shown.max_by_key(|(count, _)| *count)?;
    let enough =
        count >= LEAST && count as f64 >= SHARE * words.len() as f64 && count > TIMES * english;
    enough.then_some(language.lang)
}
