package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Text of figures")
class FigureTextTest {
    @Test
    @DisplayName("is one line of characters that XML allows")
    void plain() {
        assertThat(FigureText.plain("a\nb\tc\u0000d\u2028e")).isEqualTo("a b c d e");
        assertThat(FigureText.plain("\uD83E|\uDD8A|\uFFFE|\uFFFF")).isEqualTo("\uFFFD|\uFFFD|\uFFFD|\uFFFD");
        assertThat(FigureText.plain("<é> 🦊")).isEqualTo("<é> 🦊");
    }

    @Test
    @DisplayName("that is too long keeps its beginning and its end")
    void shortened() {
        String name = "ekdaa, learningRate=0.001, beta=0.9, gamma=0.5";
        String shown = FigureText.shortened(name, FigureText.BODY, 120);

        assertThat(FigureText.width(shown, FigureText.BODY)).isLessThanOrEqualTo(120);
        assertThat(shown).startsWith("ekdaa").contains("…").endsWith("0.5");
        assertThat(FigureText.shortened("ekdaa", FigureText.BODY, 120)).isEqualTo("ekdaa");
    }

    @Test
    @DisplayName("is broken at spaces into lines that fit")
    void wrapped() {
        List<String> lines = FigureText.wrapped("one two three four five", FigureText.BODY, 60);

        assertThat(String.join(" ", lines)).isEqualTo("one two three four five");
        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> FigureText.width(line, FigureText.BODY) <= 60);
        assertThat(FigureText.wrapped("", FigureText.BODY, 60)).isEmpty();
    }
}
