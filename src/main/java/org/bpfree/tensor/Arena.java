package org.bpfree.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scratch tensors by name, allocated once and kept. A request for a smaller batch under a known name gives a view of the first
 * samples, so that the last, partial batch of an epoch costs no memory.
 */
public final class Arena {
    private final Precision precision;
    private final boolean keepsAll;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** An empty arena for tensors of one precision, in which each keeps its numbers until it is written again. */
    public Arena(Precision precision) {
        this(precision, true);
    }

    private Arena(Precision precision, boolean keepsAll) {
        this.precision = precision;
        this.keepsAll = keepsAll;
    }

    /** An empty arena for tensors of one precision, in which those that nobody needs any more may make room for others. */
    public static Arena sharing(Precision precision) {
        return new Arena(precision, false);
    }

    /** Whether every tensor is there to be looked at when all work is done. */
    public boolean keepsAll() {
        return keepsAll;
    }

    /** The precision of all tensors of this arena. */
    public Precision precision() {
        return precision;
    }

    /**
     * The tensor of a name, of shape {@code [batch, sample...]}.
     *
     * @throws IllegalArgumentException if the name is taken by tensors with another sample shape
     */
    public Tensor batch(String name, int batch, Shape sample) {
        Tensor known = tensors.get(name);
        if (known != null && !known.shape().inner().equals(sample)) {
            throw new IllegalArgumentException(name + " is " + known.shape() + ", asked for samples of " + sample);
        }
        if (known == null || known.shape().extent(0) < batch) {
            known = Tensor.zeros(precision, sample.batched(batch));
            tensors.put(name, known);
        }
        return known.first(batch);
    }

    /** The first {@code batch} samples under a name, if anything was asked for under it before. */
    public Optional<Tensor> find(String name, int batch) {
        return Optional.ofNullable(tensors.get(name)).map(tensor -> tensor.first(batch));
    }

    /** The tensor of a name, of a shape that does not depend on the batch. */
    public Tensor fixed(String name, Shape shape) {
        return batch(name, 1, shape).reshape(shape);
    }

    /** Bytes held by all tensors. */
    public long byteSize() {
        return tensors.values().stream().mapToLong(Tensor::byteSize).sum();
    }
}
