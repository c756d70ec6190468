using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared.Callbacks;

/// <summary>Where other systems answer: <c>Slipway:PublicUrl</c>, else the address this server listens on, if it is one.</summary>
internal sealed class CallbackAddress(CallbackTokens tokens, IConfiguration configuration, IServer server)
{
    private readonly string? configured = configuration["Slipway:PublicUrl"]?.TrimEnd('/');

    /// <summary>Null: there is none that others could use.</summary>
    public string? Base => configured ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(IsOne)?.TrimEnd('/');

    public string Make(StageRun run) =>
        $"{Base ?? throw new CheckNotPossibleException("The other system has to know where to answer: set Slipway:PublicUrl.")}/api/v1/checks/{tokens.Make(run)}";

    /// <summary>Not one that means every address of the machine.</summary>
    private static bool IsOne(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is not ("0.0.0.0" or "[::]" or "*" or "+");
}
