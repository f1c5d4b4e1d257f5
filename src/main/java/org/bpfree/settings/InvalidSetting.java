package org.bpfree.settings;

/** Thrown by the compact constructor of a settings record when values that are each allowed do not go together. */
public final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String component;

    /**
     * Names the component to mend.
     *
     * @param component the record component whose value is to be changed; empty for the record as a whole
     * @param message what is wrong, with the value, what is allowed, and what to do
     */
    public InvalidSetting(String component, String message) {
        super(message);
        this.component = component;
    }

    /** The record component whose value is to be changed. */
    public String component() {
        return component;
    }
}
