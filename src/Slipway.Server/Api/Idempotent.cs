namespace Slipway.Server.Api;

/// <summary>Marks a POST that creates: it takes an <c>Idempotency-Key</c>.</summary>
internal sealed record Idempotent;

internal static class IdempotentExtensions
{
    /// <summary>
    /// The endpoint takes an <c>Idempotency-Key</c>: the same request with the same key is done once and answered the same.
    /// See <see cref="Idempotency"/> for what the endpoint itself must keep.
    /// </summary>
    public static TBuilder Idempotent<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Idempotent());
}
