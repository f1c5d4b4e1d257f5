package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ColourTest {
    @Test
    void aTerminalIsColouredAndNothingElse() {
        assertThat(Colour.wanted(true, Map.of())).isTrue();
        assertThat(Colour.wanted(false, Map.of())).isFalse();
        assertThat(Colour.wanted(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Colour.wanted(true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void variablesDecide() {
        assertThat(Colour.wanted(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Colour.wanted(true, Map.of("NO_COLOR", "")))
                .as("empty is unset")
                .isTrue();
        assertThat(Colour.wanted(true, Map.of("CLICOLOR", "0"))).isFalse();
        assertThat(Colour.wanted(false, Map.of("CLICOLOR_FORCE", "1", "TERM", "dumb")))
                .isTrue();
        assertThat(Colour.wanted(false, Map.of("CLICOLOR_FORCE", "0"))).isFalse();
        assertThat(Colour.wanted(true, Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")))
                .isFalse();
    }

    private static String written(int width, Ansi ansi, String message) {
        StringWriter text = new StringWriter();
        new MessageWriter(text, () -> width, ansi).println(message);
        return text.toString().replace("\r\n", "\n");
    }

    @Test
    void warningsStandOutAndLongMessagesAreBrokenAtWords() {
        String message = "warning: the data is not that of the run runs/one: train-images";

        assertThat(written(40, Ansi.OFF, message))
                .isEqualTo("warning: the data is not that of the run\nruns/one: train-images\n");
        assertThat(written(40, Ansi.ON, message))
                .isEqualTo("\u001b[33mwarning:\u001b[0m the data is not that of the run\nruns/one: train-images\n");
        assertThat(written(Integer.MAX_VALUE, Ansi.OFF, message)).isEqualTo(message + "\n");
    }

    @Test
    void commandsToCopyStayWhole() {
        String message =
                "Interrupted; the run is safe. Resume it with:\n  bpfree train --resume runs/one --data-dir x/y/z/w";

        assertThat(written(40, Ansi.OFF, message))
                .isEqualTo(
                        "Interrupted; the run is safe. Resume it\nwith:\n  bpfree train --resume runs/one --data-dir x/y/z/w\n");
    }
}
