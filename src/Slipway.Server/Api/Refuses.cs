namespace Slipway.Server.Api;

/// <summary>A refusal of an endpoint, for its description.</summary>
internal sealed record Refuses(int Status, string Code);

internal static class RefusesExtensions
{
    /// <summary>Documents that the endpoint may refuse with this status and code, besides what every endpoint may refuse with.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, int status, params ReadOnlySpan<string> codes)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var code in codes)
            builder.WithMetadata(new Refuses(status, code));
        return builder;
    }
}
