package org.bpfree.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which bpfree this is. */
public final class BuildInfo {
    private static final String RESOURCE = "/bpfree-build.properties";
    private static final int SHORT_COMMIT = 10;

    private BuildInfo() {}

    /** The version of bpfree. */
    public static String version() {
        return build().getProperty("git.build.version", "unknown");
    }

    /** The short commit that bpfree was built from. */
    public static String commit() {
        String full = build().getProperty("git.commit.id.full", "unknown");
        return full.substring(0, Math.min(SHORT_COMMIT, full.length()));
    }

    /** Whether the sources differed from the commit. */
    public static boolean dirty() {
        return Boolean.parseBoolean(build().getProperty("git.dirty", "false"));
    }

    private static Properties build() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            // Absent when the classes were compiled without Maven.
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
