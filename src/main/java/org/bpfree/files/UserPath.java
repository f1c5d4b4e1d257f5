package org.bpfree.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.bpfree.failure.Failure;

/**
 * Paths as users write them. A leading {@code ~} is the home folder wherever a path is taken: a shell expands it only at the beginning of a
 * word, so not in {@code --out=~/x}, nor in a file.
 */
public final class UserPath {
    private static final String HOME = "HOME";

    private UserPath() {}

    /**
     * The path that a text names.
     *
     * @throws Failure if it begins with {@code ~} and names another user's home, the home folder is not known, or it is no path
     */
    public static Path of(String text) {
        return of(text, UserPath::home);
    }

    static Path of(String text, Supplier<Path> home) {
        try {
            if (!text.startsWith("~")) {
                return Path.of(text);
            }
            if (text.equals("~")) {
                return home.get();
            }
            if (text.charAt(1) == '/' || text.charAt(1) == java.io.File.separatorChar) {
                return home.get().resolve(text.substring(2));
            }
        } catch (InvalidPathException e) {
            throw Failure.causedBy(
                    e, Failure.Kind.USAGE, "'" + text + "' cannot be a path: " + e.getReason() + ofLocale());
        }
        throw Failure.usage(
                "'" + text + "': only one's own home folder is known, as ~ or ~/…",
                "Write the whole path, or './" + text + "' for a file of this name.");
    }

    /** The reason that a path cannot be expressed for, where the locale's encoding is one without most letters. */
    private static String ofLocale() {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        return encoding.isEmpty() || encoding.equalsIgnoreCase("UTF-8")
                ? ""
                : " in this locale, whose encoding is " + encoding
                        + ". Set LC_ALL=C.UTF-8, or another locale of UTF-8.";
    }

    /**
     * The home folder of the user: the variable {@code HOME}, else what the system's list of users says.
     *
     * @throws Failure if neither tells
     */
    public static Path home() {
        return home(System.getenv(), System.getProperty("user.home", ""));
    }

    static Path home(Map<String, String> environment, String listed) {
        String variable = environment.getOrDefault(HOME, "");
        // Shells for Windows set it in a form of their own, such as /c/Users/ada.
        if (!variable.isBlank() && Path.of(variable).isAbsolute()) {
            return Path.of(variable);
        }
        // What Java says for a user that the system does not know, as in containers with a free choice of numbers.
        if (listed.isBlank() || listed.equals("?")) {
            throw Failure.usage(
                    "the home folder is not known: " + HOME
                            + " is not set, and the system's list of users has none for this" + " user",
                    "Set HOME to a folder that can be written, such as HOME=/tmp/home.",
                    "For the data alone, BPFREE_DATA or --data-dir does; for unpacked libraries"
                            + " -Dorg.bytedeco.javacpp.cachedir=FOLDER (in JAVA_OPTS of scripts/bpfree).");
        }
        return Path.of(listed);
    }
}
