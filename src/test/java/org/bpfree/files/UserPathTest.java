package org.bpfree.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A path as a user writes it")
class UserPathTest {
    private static final Path HOME = Path.of("/home/ada").toAbsolutePath();

    private static Path of(String text) {
        return UserPath.of(text, () -> HOME);
    }

    @Test
    @DisplayName("begins at the home folder where it begins with a tilde, and only there")
    void tilde() {
        assertThat(of("~")).isEqualTo(HOME);
        assertThat(of("~/x/y")).isEqualTo(HOME.resolve("x/y"));
        assertThat(of("./~/x")).isEqualTo(Path.of("./~/x"));
        assertThat(of("x~")).isEqualTo(Path.of("x~"));
        assertThat(of("a/~b")).isEqualTo(Path.of("a/~b"));
        assertThat(of("")).isEqualTo(Path.of(""));
    }

    @Test
    @DisplayName("is refused where it names the home of another user, or is no path")
    void refused() {
        assertThatThrownBy(() -> of("~bob/x"))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("'~bob/x': only one's own home folder is known");
        assertThatThrownBy(() -> of("~/a\0b")).isInstanceOf(Failure.class).hasMessageContaining("cannot be a path");
    }

    @Test
    @DisplayName("finds the home folder by HOME, then by the list of users, and says what to set when neither tells")
    void home() {
        String variable = Path.of("/home/set").toAbsolutePath().toString();
        assertThat(UserPath.home(Map.of("HOME", variable), HOME.toString())).isEqualTo(Path.of(variable));
        assertThat(UserPath.home(Map.of("HOME", ""), HOME.toString())).isEqualTo(HOME);
        assertThat(UserPath.home(Map.of("HOME", "relative"), HOME.toString())).isEqualTo(HOME);
        assertThat(UserPath.home(Map.of("HOME", variable), "?")).isEqualTo(Path.of(variable));
        for (String unknown : new String[] {"?", ""}) {
            assertThatThrownBy(() -> UserPath.home(Map.of(), unknown))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("HOME is not set")
                    .satisfies(failure ->
                            assertThat(((Failure) failure).hints().get(0)).contains("Set HOME"));
        }
    }
}
