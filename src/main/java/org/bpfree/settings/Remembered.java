package org.bpfree.settings;

import java.util.function.Supplier;

/**
 * A component of a settings record that is no setting: what was found out from the settings once, such as a listing of a folder, and holds for
 * as long as the record is used. Files do not name it, and records that differ in it alone are equal.
 *
 * @param <T> what is found out
 */
public final class Remembered<T> {
    private T value;

    /** What is remembered, found out first where it is not; a failure to do so is not remembered. */
    public synchronized T get(Supplier<T> source) {
        if (value == null) {
            value = source.get();
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Remembered;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "";
    }
}
