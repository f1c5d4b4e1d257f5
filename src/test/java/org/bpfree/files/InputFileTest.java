package org.bpfree.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file that cannot be read")
class InputFileTest {
    @TempDir
    private Path folder;

    private Failure told(Path file, IOException cause) {
        return InputFile.cannotRead(Failure.Kind.DATA, file, cause, "Fetch it again.");
    }

    @Test
    @DisplayName("for lack of permission is told as that, with no advice that suits another cause")
    void denied() {
        Path file = folder.resolve("file");
        Failure failure = told(file, new AccessDeniedException(file.toString()));
        assertThat(failure).hasMessage("cannot read " + file + ": permission denied");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(failure.hints()).singleElement().asString().startsWith("Ask its owner");
    }

    @Test
    @DisplayName("for another cause is told by that cause, once, with the advice of the reader")
    void others() {
        Path file = folder.resolve("file");
        assertThat(told(file, new NoSuchFileException(file.toString())))
                .hasMessage("cannot read " + file + ": there is no such file");
        assertThat(told(file, new FileNotFoundException(file + " (No such file or directory)")))
                .hasMessage("cannot read " + file + ": there is no such file");
        assertThat(told(folder, new IOException("Is a directory")))
                .hasMessage("cannot read " + folder + ": it is a folder");
        assertThat(told(file, new IOException("Input/output error")))
                .hasMessage("cannot read " + file + ": Input/output error")
                .satisfies(failure -> assertThat(failure.hints()).containsExactly("Fetch it again."));
    }

    @Test
    @DisplayName("for lack of memory is not at fault itself")
    void memory() {
        OutOfMemoryError lack = new OutOfMemoryError("Java heap space");
        assertThatThrownBy(() -> told(folder.resolve("file"), new IOException("Caught exception during read: ", lack)))
                .isSameAs(lack);
    }

    @Test
    @DisplayName("is there all the same, and so may be what lies in a folder that may not be searched")
    @DisabledOnOs(OS.WINDOWS)
    void permission() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path inside = Files.writeString(closed.resolve("file"), "text");
        Path file = Files.writeString(folder.resolve("file"), "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeTrue(!Files.isReadable(file), "root may read everything");
            assertThat(InputFile.isThere(file)).isTrue();
            assertThat(InputFile.isThere(inside)).isTrue();
            assertThat(InputFile.isDenied(file, new FileNotFoundException("denied")))
                    .isTrue();
            assertThatThrownBy(() -> InputFile.requireVisible(Failure.Kind.USAGE, inside))
                    .hasMessage("cannot read " + inside + ": permission denied");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    @DisplayName("is not there when there is none, or a link to none")
    @DisabledOnOs(OS.WINDOWS)
    void missing() throws IOException {
        assertThat(InputFile.isThere(folder.resolve("none"))).isFalse();
        assertThat(InputFile.isThere(Files.createSymbolicLink(folder.resolve("link"), Path.of("none"))))
                .isFalse();
        assertThat(InputFile.isThere(folder)).isTrue();
    }
}
