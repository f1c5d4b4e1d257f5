package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfree.files.UserPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A path on the command line")
class PathArgumentsTest {
    @Test
    @DisplayName("may begin with a tilde, also behind an equals sign")
    void tilde() {
        CliRun config = CliRun.bpfree("config", "check", "--config=~/bpfree-no-such-file.yaml");
        assertThat(config.exitCode()).isEqualTo(2);
        assertThat(config.err()).contains(UserPath.home().resolve("bpfree-no-such-file.yaml") + ": no such file");
        CliRun data = CliRun.bpfree("data", "verify", "mnist", "--data-dir=~/bpfree-no-such-folder");
        assertThat(data.out() + data.err())
                .contains(UserPath.home().resolve("bpfree-no-such-folder").toString());
        CliRun run = CliRun.bpfree("eval", "~/bpfree-no-such-run");
        assertThat(run.err()).contains(UserPath.home().resolve("bpfree-no-such-run") + " does not exist");
        assertThat(Files.exists(Path.of("~"))).isFalse();
    }

    @Test
    @DisplayName("is refused where it names the home of another user")
    void otherHome() {
        CliRun run = CliRun.bpfree("report", "latest", "--out=~bob/report.html");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("only one's own home folder is known");
    }
}
