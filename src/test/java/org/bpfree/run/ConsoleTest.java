package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
    @TempDir
    private Path folder;

    private String shown(boolean quiet) {
        StringWriter screen = new StringWriter();
        try (Console console = new Console(new PrintWriter(screen), quiet, folder.resolve("console.log"))) {
            console.say("Resuming");
            console.note("for the log");
            console.warn("warning: look");
        }
        return screen.toString().replace("\r\n", "\n");
    }

    @Test
    void aQuietConsoleShowsOnlyWarningsAndLogsAll() {
        assertThat(shown(false)).isEqualTo("Resuming\nwarning: look\n");
        assertThat(shown(true)).isEqualTo("warning: look\n");
        assertThat(folder.resolve("console.log"))
                .content()
                .containsPattern("(?s)(  Resuming\\R.*  for the log\\R.*  warning: look\\R.*){2}");
    }
}
