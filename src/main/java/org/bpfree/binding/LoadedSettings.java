package org.bpfree.binding;

/**
 * A settings record together with what it was read from.
 *
 * @param <T> the type of the record
 */
public final class LoadedSettings<T extends Record> {
    private final T settings;
    private final Source source;
    private final Origins origins;

    LoadedSettings(T settings, Source source, Origins origins) {
        this.settings = settings;
        this.source = source;
        this.origins = origins;
    }

    /** The settings. */
    public T settings() {
        return settings;
    }

    /** The file's text, byte for byte when encoded in UTF-8. */
    public String sourceText() {
        return source.text();
    }

    /** A new, empty collection for problems found later; it knows the positions of all settings. */
    public Problems problems() {
        return new Problems(source, origins);
    }
}
