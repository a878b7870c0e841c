package io.thoughtbus.server.interest;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Guesses whether texts are in a language that the packaged model and the guard know: English. */
final class Language {
    private static final double MOST_FOREIGN_LETTERS = 0.3;
    private static final Set<String> ENGLISH = Set.of(
            ("the a an is are was were be been has have had of to in on at for with by from that this who which not and or as"
                            + " it its he she they his her their wants want does did will can")
                    .split(" "));
    private static final Set<String> OTHER = Set.of(
            ("der die das ein eine einen und ist sind nicht mit von für den dem wird hat le la les un une des est sont ne pas"
                            + " et du dans pour el los las una y es son con por que del het een van niet zijn op il di che non per"
                            + " è och att det som är inte på nie jest na się z w")
                    .split(" "));

    private Language() {}

    /** Whether the texts as a whole look like another language. */
    static boolean isForeign(List<String> texts) {
        long letters = 0;
        long foreign = 0;
        long english = 0;
        long other = 0;
        for (String text : texts) {
            letters += text.codePoints().filter(Character::isLetter).count();
            foreign += text.codePoints().filter(Language::isOfAnotherScript).count();
            for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
                english += ENGLISH.contains(word) ? 1 : 0;
                other += OTHER.contains(word) ? 1 : 0;
            }
        }
        return foreign > MOST_FOREIGN_LETTERS * letters || (other >= 2 && other > english);
    }

    private static boolean isOfAnotherScript(int letter) {
        return Character.isLetter(letter) && Character.UnicodeScript.of(letter) != Character.UnicodeScript.LATIN;
    }
}
