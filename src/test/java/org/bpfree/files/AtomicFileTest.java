package org.bpfree.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A written file")
@DisabledOnOs(OS.WINDOWS)
class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("is the one a chain of symbolic links ends at, also where there is none yet")
    void links() throws IOException {
        Path real = Files.createDirectory(folder.resolve("other")).resolve("real");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("second"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("other/real"));
        for (String text : new String[] {"new", "replaced"}) {
            AtomicFile.write(link, text);
            assertThat(link).isSymbolicLink();
            assertThat(second).isSymbolicLink();
            assertThat(real).isRegularFile().hasContent(text);
        }
    }

    @Test
    @DisplayName("is refused where links lead in a circle")
    void circle() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
        assertThatThrownBy(() -> AtomicFile.write(link, "text"))
                .isInstanceOf(Failure.class)
                .hasMessage("cannot write " + link + ": its symbolic links lead in a circle");
    }

    @Test
    @DisplayName("keeps the mode of the one it replaces, and has the usual one where there was none")
    void mode() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Path made = folder.resolve("made");
        AtomicFile.write(made, "text");
        assertThat(mode(made)).isEqualTo(mode(usual));
        for (String mode : new String[] {"rw-------", "rwxrwxrwx", "rw-rw-r--"}) {
            Path file = Files.writeString(folder.resolve(mode), "old");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            AtomicFile.write(file, "new");
            assertThat(mode(file)).isEqualTo(mode);
            assertThat(file).hasContent("new");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    @DisplayName("goes straight into a pipe, which stays one")
    void pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(Files.newInputStream(pipe).readAllBytes(), UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
        AtomicFile.write(pipe, "through the pipe");
        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("through the pipe");
        assertThat(Files.readAttributes(
                                pipe, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther())
                .isTrue();
    }

    @Test
    @DisplayName("leaves a device as it is, and what a link to it is")
    void device() throws IOException {
        Path nothing = Path.of("/dev/null");
        assumeTrue(Files.exists(nothing));
        Path link = Files.createSymbolicLink(folder.resolve("link"), nothing);
        AtomicFile.write(link, "text");
        AtomicFile.write(nothing, "text");
        assertThat(link).isSymbolicLink();
        assertThat(Files.isRegularFile(nothing)).isFalse();
        assertThat(nothing).exists();
    }

    @Test
    @DisplayName("destroys no other file, whatever its name, and leaves none behind")
    void temporary() throws IOException {
        Path other = Files.writeString(folder.resolve("k.npz.tmp"), "somebody's");
        AtomicFile.write(folder.resolve("k.npz"), "text");
        assertThat(other).hasContent("somebody's");
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("k.npz"), channel -> {
                    throw new IOException("No space left on device");
                }))
                .hasMessageContaining("No space left on device");
        assertThat(folder.resolve("k.npz")).hasContent("text");
        String longest = "n".repeat(255);
        AtomicFile.write(folder.resolve(longest), "text");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("k.npz", "k.npz.tmp", longest);
    }

    @Test
    @DisplayName("that a killed process left half is removed, and nothing else")
    void leftovers() throws IOException {
        Path leftover = folder.resolve("leftover");
        AtomicFile.write(folder.resolve("file"), channel -> {
            try (var files = Files.newDirectoryStream(folder, "*.tmp")) {
                Files.copy(files.iterator().next(), leftover);
            }
        });
        Files.move(leftover, folder.resolve(".bpfree-0d5c0f9e-killed.tmp"));
        Files.writeString(folder.resolve("k.tmp"), "somebody's");
        AtomicFile.removeLeftovers(folder);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "k.tmp");
    }

    @Test
    @DisplayName("is refused where there is a folder, and where the file may not be written to")
    void refused() throws IOException {
        assertThatThrownBy(() -> AtomicFile.write(folder, "text"))
                .isInstanceOf(Failure.class)
                .hasMessage("cannot write " + folder + ": Is a directory");
        Path file = Files.writeString(folder.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "root may write everything");
        assertThatThrownBy(() -> AtomicFile.write(file, "new"))
                .hasMessage("cannot write " + file + ": permission denied");
    }

    @Test
    @DisplayName("lies in a folder that is a link to one")
    void linkedFolder() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFile.createFolder(link);
        AtomicFile.write(link.resolve("file"), "text");
        assertThat(real.resolve("file")).hasContent("text");
    }

    @Test
    void spaceIsNoRemedyForALackOfRights() {
        Path file = Path.of("x");

        assertThat(AtomicFile.cannotWrite(file, new AccessDeniedException("x"))
                        .hints()
                        .get(0))
                .isEqualTo("Ask its owner, or name a place that can be written.");
        assertThat(AtomicFile.cannotWrite(file, new IOException("No space left"))
                        .hints()
                        .get(0))
                .startsWith("Free space there");
    }
}
