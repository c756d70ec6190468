using System.Diagnostics.CodeAnalysis;

namespace Slipway.Agent.Preparing;

/// <summary>Where an artifact lies in S3: <c>s3://bucket/key?region=R</c>. No secret: it opens nothing to who has no rights there.</summary>
internal sealed record BucketPlace(string Bucket, string Key, string Region)
{
    private const string RegionIs = "?region=";

    public static bool TryParse(string url, [NotNullWhen(true)] out BucketPlace? place)
    {
        place = Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "s3", Host.Length: > 0, AbsolutePath.Length: > 1 } && address.Query.StartsWith(RegionIs, StringComparison.Ordinal)
            ? new(address.Host, address.AbsolutePath[1..], address.Query[RegionIs.Length..])
            : null;
        return place is not null;
    }

    /// <summary>By path where the bucket's name has dots, which no certificate covers, or where an emulator is spoken to.</summary>
    public Uri Address(Uri endpoint, bool isRedirected) => isRedirected || Bucket.Contains('.', StringComparison.Ordinal)
        ? new(endpoint, $"{Bucket}/{Key}")
        : new UriBuilder(endpoint) { Host = $"{Bucket}.{endpoint.Host}", Path = Key }.Uri;
}
