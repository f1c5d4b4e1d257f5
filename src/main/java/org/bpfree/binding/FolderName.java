package org.bpfree.binding;

import java.util.regex.Pattern;
import org.bpfree.settings.InvalidSetting;

/** The rule for the setting {@code name} of files whose results go into a folder of that name. */
public final class FolderName {
    private static final int LONGEST = 100;

    // Windows refuses its old device names as folders, whatever their case or ending.
    private static final Pattern FOLDER = Pattern.compile(
            "(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?$)[A-Za-z0-9]([A-Za-z0-9._+-]{0,98}[A-Za-z0-9_+-])?");

    private FolderName() {}

    /** A name with something added to its end; a name that would become too long loses letters of its own. */
    public static String with(String name, String ending) {
        return name.substring(0, Math.min(name.length(), Math.max(1, LONGEST - ending.length()))) + ending;
    }

    /**
     * Checks that the setting {@code name} can be the name of a folder on every system.
     *
     * @throws InvalidSetting if it cannot
     */
    public static void require(String name) {
        if (!FOLDER.matcher(name).matches()) {
            throw new InvalidSetting(
                    "name",
                    "'" + name + "' cannot be the name of a folder. Use up to " + LONGEST
                            + " letters, digits, '-', '+', '_' and '.',"
                            + " beginning with a letter or digit and not ending with '.'.");
        }
    }
}
