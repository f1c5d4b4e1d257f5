package org.bpfree.cli.console;

import java.util.Locale;

/** Text of others, such as names of classes, for a line of a terminal. */
public final class Printable {
    private Printable() {}

    /** The text with its control characters written out, so that it can neither break a line nor steer the terminal. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(each -> {
            boolean steers = Character.isISOControl(each) || Character.getType(each) == Character.FORMAT;
            if (steers) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", each));
            } else {
                shown.appendCodePoint(each);
            }
        });
        return shown.toString();
    }
}
