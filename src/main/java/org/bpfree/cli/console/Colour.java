package org.bpfree.cli.console;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether text is coloured: where a terminal shows it, and as the usual variables say. */
public final class Colour {
    private Colour() {}

    /** For standard output. */
    public static Ansi ofResults() {
        return of(Terminal.showsResults());
    }

    /** For standard error. */
    public static Ansi ofErrors() {
        return of(Terminal.showsErrors());
    }

    private static Ansi of(boolean terminal) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        // Older windows of Windows show codes as they are; picocli knows which.
        boolean shown = terminal && (!windows || Ansi.AUTO.enabled());
        return wanted(shown, System.getenv()) ? Ansi.ON : Ansi.OFF;
    }

    /**
     * Whether to colour.
     *
     * @param terminal whether a terminal shows the text
     * @param environment {@code NO_COLOR} goes before all others, {@code CLICOLOR_FORCE} before what follows: {@code TERM=dumb},
     *     {@code CLICOLOR=0}
     */
    static boolean wanted(boolean terminal, Map<String, String> environment) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        boolean dumb = "dumb".equals(environment.get("TERM"));
        return terminal && !dumb && !"0".equals(environment.get("CLICOLOR"));
    }
}
