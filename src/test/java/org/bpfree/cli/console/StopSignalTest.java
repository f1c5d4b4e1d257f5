package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jline.utils.Signals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(20)
@EnabledOnOs(OS.LINUX)
@DisplayName("A signal to this process")
class StopSignalTest {
    @AfterEach
    void asBefore() {
        System.clearProperty(StopSignal.LEAVES_INTERRUPTS);
        List.of("INT", "TERM", "HUP", "USR1", "USR2").forEach(Signals::registerDefault);
    }

    private static void send(String signal) throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-" + signal, self).start().waitFor())
                .isZero();
    }

    private static void await(StopSignal stop) throws InterruptedException {
        while (!stop.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    @Test
    @DisplayName("is a request to stop, with the exit code that tells of it")
    void asksToStop() throws IOException, InterruptedException {
        StopSignal stop = StopSignal.install();
        assertThat(stop.getAsBoolean()).isFalse();
        send("HUP");
        await(stop);
        assertThat(stop.exitCode()).isEqualTo(129);
    }

    @Test
    @DisplayName("is left to the parent where that answers for both, but for SIGTERM")
    void leftToTheParent() throws IOException, InterruptedException {
        System.setProperty(StopSignal.LEAVES_INTERRUPTS, "true");
        StopSignal stop = StopSignal.install();
        send("INT");
        send("HUP");
        Thread.sleep(50);
        assertThat(stop.getAsBoolean()).isFalse();
        send("TERM");
        await(stop);
        assertThat(stop.exitCode()).isEqualTo(143);
    }
}
