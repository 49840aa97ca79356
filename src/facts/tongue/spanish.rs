//! Spanish.

use crate::facts::tongue::Tongue;
use crate::facts::tongue::WordList;

pub(super) static SPANISH: Tongue = Tongue {
    code: "es",
    contracts: false,
    capital_nouns: false,
    capital_months: false,
    digraphs: false,
    ordinals: false,
    numbers: WordList::new(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta \
         cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos trescientos \
         quinientos mil miles millon millones docena ambos ambas doble",
    ),
    weekdays: WordList::new("lunes martes miercoles jueves viernes sabado domingo"),
    months: WordList::new(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre \
         diciembre",
    ),
    abbreviations: WordList::new(
        "sr sra srta dra lic ing arq ud uds vd vds aprox av avda pag num tel ej etc depto ref cia \
         art min max",
    ),
    no_names: WordList::new("usted ustedes ud uds vd vds linkedin"),
    noun_endings: &[],
    before_nouns: WordList::new(""),
};
