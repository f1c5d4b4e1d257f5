package org.bpfree.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpfree.report.figure.Palette.Look;
import org.bpfree.report.figure.Palette.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The looks of figures")
class PaletteTest {
    private static String resource(String name) throws IOException {
        try (InputStream file = PaletteTest.class.getResourceAsStream("/org/bpfree/report/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Of the page on white ground, which its style names first. */
    private static int colour(String css, String name) {
        Matcher found = Pattern.compile("--" + name + ": #([0-9a-f]{6});").matcher(css);
        assertThat(found.find()).as(name).isTrue();
        return Integer.parseInt(found.group(1), 16);
    }

    private static int rgb(Color colour) {
        return colour.getRGB() & 0xffffff;
    }

    @Test
    @DisplayName("have the colours of the report on white ground")
    void colours() throws IOException {
        String css = resource("report.css");

        assertThat(rgb(Palette.TEXT)).isEqualTo(colour(css, "text"));
        assertThat(rgb(Palette.FAINT)).isEqualTo(colour(css, "faint"));
        assertThat(rgb(Palette.LINE)).isEqualTo(colour(css, "line"));
        for (int i = 0; i < Palette.COLOURS.size(); i++) {
            assertThat(rgb(Palette.COLOURS.get(i))).as("colour " + i).isEqualTo(colour(css, "c" + i));
        }
        assertThat(css).doesNotContain("--c" + Palette.COLOURS.size());
        assertThat(css)
                .contains(
                        ".mark.control { stroke-dasharray: " + Palette.CONTROL_DASH,
                        ".mark.chance { stroke-dasharray: " + Palette.CHANCE_DASH);
    }

    @Test
    @DisplayName("have the dashes and markers of the report in its order")
    void dashesAndMarkers() throws IOException {
        String script = resource("charts.js");
        String dashes = Palette.DASHES.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
        List<String> markers = Pattern.compile("d3\\.symbol([A-Z][a-z]+)")
                .matcher(script.substring(script.indexOf("SYMBOLS"), script.indexOf("DASHES")))
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("d3.symbol", "").toUpperCase(Locale.ROOT))
                .toList();

        assertThat(script)
                .contains("const DASHES = " + dashes + ";", "const COLOURS = " + Palette.COLOURS.size() + ";")
                .contains("(i + turn) % SYMBOLS.length", "i % COLOURS", "DASHES[turn % DASHES.length]");
        assertThat(Arrays.stream(Marker.values()).map(Enum::name)).containsExactlyElementsOf(markers);
    }

    @Test
    @DisplayName("differ in colour, dash or marker up to 28 lines, and neighbours in colour and marker")
    void differ() {
        List<Look> looks = Palette.looks(Collections.nCopies(28, Role.NONE));

        assertThat(looks).doesNotHaveDuplicates();
        for (int i = 1; i < looks.size(); i++) {
            assertThat(looks.get(i).colour()).isNotEqualTo(looks.get(i - 1).colour());
            assertThat(looks.get(i).marker()).isNotEqualTo(looks.get(i - 1).marker());
        }
    }

    @Test
    @DisplayName("leave the colours to those that are neither reference nor control")
    void roles() {
        List<Look> looks = Palette.looks(List.of(Role.REFERENCE, Role.NONE, Role.CONTROL));

        assertThat(looks.stream().map(Look::colour))
                .containsExactly(Palette.TEXT, Palette.COLOURS.get(0), Palette.FAINT);
        assertThat(looks.get(2).dash()).isEqualTo(Palette.CONTROL_DASH);
    }
}
