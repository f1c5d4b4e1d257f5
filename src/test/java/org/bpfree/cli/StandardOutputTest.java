package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.bpfree.cli.console.StandardOutput;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    private int list(OutputStream target) {
        CommandLine bpfree = Main.commandLine("list", "models").setErr(new PrintWriter(err));
        return Main.run(bpfree, new StandardOutput(target), "list", "models");
    }

    @Test
    void resultsArriveWhole() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        assertThat(list(target)).isZero();
        assertThat(target.toString()).isEqualTo(CliRun.bpfree("list", "models").out());
    }

    @Test
    void aFullDiskFails() {
        assertThat(list(failing("No space left on device"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("bpfree: error: ", "No space left on device")
                .doesNotContain("\tat ");
    }

    @Test
    void aClosedPipeIsNoError() {
        assertThat(list(failing("Broken pipe"))).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
