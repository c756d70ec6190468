using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;
using Slipway.Server.Api;
using Slipway.Server.Versions;

namespace Slipway.Server.Deployments;

/// <summary>The id of a deployment that somebody asks for. With an Idempotency-Key it follows from the request, so a repeated request finds what a server that died has made.</summary>
internal static class RequestedId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static DeploymentId Of(HttpContext context) => Idempotency.Seed(context) is { } seed ? Of(seed) : DeploymentId.New();

    /// <summary>Of the deployment that follows from a published version by itself: there is one, however often it is asked for.</summary>
    public static DeploymentId Of(TargetId target, VersionRow version) => Of(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{target.Key}\n{version.Version}\n{version.CreatedAt.ToUnixTimeMilliseconds()}"))));

    /// <summary>Of the deployment that records what somebody has started outside: there is one, however often it is seen.</summary>
    public static DeploymentId Of(TargetId target, OutsideRun run) => Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Key}\noutside\n{run.Key}")));

    /// <summary>Of the deployment that takes another one back, because it turned out to be unhealthy after its end: there is one, however often it is asked for.</summary>
    public static DeploymentId OfTakingBack(DeploymentId deployment) => Of(SHA256.HashData(Encoding.UTF8.GetBytes($"taking back\n{deployment}")));

    private static DeploymentId Of(byte[] seed) => DeploymentId.Parse("d-" + string.Concat(seed.Take(10).Select(part => Alphabet[part % Alphabet.Length])));
}
