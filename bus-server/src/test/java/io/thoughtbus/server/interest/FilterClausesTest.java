package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilterClausesTest {
    @Test
    void areWhatIsJoinedAtTheOutermostLevel() {
        assertThat(FilterClauses.of("attributes.a > 1 && (attributes.b == 2 && attributes.c == 3)&&subject == 'x'"))
                .containsExactly("attributes.a > 1", "(attributes.b == 2 && attributes.c == 3)", "subject == 'x'");
    }

    @Test
    void areNotCutWithinStrings() {
        assertThat(FilterClauses.of("subject == 'a && \\' b' && publisher == \"&&\""))
                .containsExactly("subject == 'a && \\' b'", "publisher == \"&&\"");
    }

    @Test
    void areTheWholeWithCommentsAndUncommonStrings() {
        for (String whole : List.of("a // b && c\n && d", "a == r\"C:\\\" && b", "a == '''it's && so''' && b")) {
            assertThat(FilterClauses.of(whole)).containsExactly(whole);
        }
        assertThat(FilterClauses.of("subject == 'r' && b == 'x'")).hasSize(2);
    }

    @Test
    void areTheWholeWhereSomethingBindsMoreLoosely() {
        assertThat(FilterClauses.of("a && b || c")).containsExactly("a && b || c");
        assertThat(FilterClauses.of("a && b ? c : d")).containsExactly("a && b ? c : d");
    }
}
