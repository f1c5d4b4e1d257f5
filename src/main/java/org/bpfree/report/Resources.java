package org.bpfree.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that pages are made of. */
final class Resources {
    private Resources() {}

    /**
     * A text of the class path.
     *
     * @param name within this package, or from the root where it begins with a slash
     */
    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
