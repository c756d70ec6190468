using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared.Callbacks;

/// <summary>
/// What proves that an answer is one to a check: which stage and attempt it is for, encrypted and authenticated with the installation's keys. Nothing of it
/// is stored; that it was used, the deployment's own events say.
/// </summary>
internal sealed class CallbackTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("check-callback");

    public string Make(StageRun run) => protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{run.Deployment}/{run.Stage.Name}/{run.Attempt}"));

    /// <summary>Null: it was not made here.</summary>
    public Asked? Read(string token)
    {
        try
        {
            return protector.Unprotect(token).Split('/') is [var deployment, var stage, var attempt]
                ? new(DeploymentId.Parse(deployment), stage, int.Parse(attempt, CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What a token is for.</summary>
    internal sealed record Asked(DeploymentId Deployment, string Stage, int Attempt);
}
