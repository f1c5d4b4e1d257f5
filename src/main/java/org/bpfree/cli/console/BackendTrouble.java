package org.bpfree.cli.console;

import java.nio.file.Path;
import org.bpfree.failure.Failure;
import org.bpfree.files.UserPath;
import org.bpfree.natives.NativeLibraries;

/** Explains why the native library did not start. */
final class BackendTrouble {
    private BackendTrouble() {}

    /** Has native libraries unpacked below the home folder, which for JavaCPP is what the system's list of users says, or "?". */
    static void chooseCache() {
        System.setProperty(NativeLibraries.CACHE, cache().toString());
    }

    static Failure explain(Throwable error) {
        Path cache = cache();
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (isNoexec(error)) {
            return Failure.causedBy(
                    error,
                    Failure.Kind.FAILED,
                    "the native library cannot be run from the cache folder " + cache
                            + ": its disk is mounted 'noexec', so nothing on it may be run",
                    "Choose a folder on another disk: java -Dorg.bytedeco.javacpp.cachedir=FOLDER -jar bpfree.jar ...",
                    "With scripts/bpfree: JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER scripts/bpfree ...");
        }
        String said = String.valueOf(root.getMessage());
        // The wording of JavaCPP, too, when neither this folder nor any of its own choice can be written.
        if (said.contains(NativeLibraries.NO_CACHE)) {
            return Failure.causedBy(
                    error,
                    Failure.Kind.FAILED,
                    "the native library cannot be unpacked: the cache folder " + cache + " cannot be written ("
                            + said.replaceFirst("^.*?: ", "") + ")",
                    "Make it writable, or choose another: java -Dorg.bytedeco.javacpp.cachedir=FOLDER -jar bpfree.jar ...",
                    "With scripts/bpfree: JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER scripts/bpfree ...");
        }
        return Failure.causedBy(
                error,
                Failure.Kind.FAILED,
                "the native library did not start: " + root,
                "If another process was unpacking it at the same time, delete " + cache + " and try again.",
                "bpfree doctor tells more about this machine.");
    }

    /** Whether the linker of the system was not allowed to map a library as code, in the words of glibc and of musl. */
    private static boolean isNoexec(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause() == each ? null : each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (message.contains("failed to map segment from shared object")
                    || message.contains("Operation not permitted")) {
                return true;
            }
        }
        return false;
    }

    private static Path cache() {
        String property = System.getProperty(NativeLibraries.CACHE);
        return property != null
                ? Path.of(property)
                : UserPath.home().resolve(".javacpp").resolve("cache");
    }
}
