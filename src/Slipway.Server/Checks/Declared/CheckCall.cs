using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Checks.Declared;

/// <summary>One call of a check's stage.</summary>
internal sealed record CheckCall(StageRun Run, CheckDefinition Check, CheckValues Values)
{
    public DateTimeOffset Now => Run.Now;

    public DateTimeOffset TimesOutAt => Run.StartedAt + Check.TimeoutOrDefault;

    /// <summary>With config values in it.</summary>
    public string Fill(string text) => Values.Fill(text);

    /// <exception cref="CheckNotPossibleException">What came out is no address.</exception>
    public Uri Address(string text) => CheckRules.IsFilledAddress(Fill(text), out var address)
        ? address
        : throw new CheckNotPossibleException($"{text} is no absolute http or https address (without a password) once its values are filled in.");

    public StageResult.Failed TimedOut(string why) => new("check_timeout", $"No verdict within {new Duration(Check.TimeoutOrDefault)}: {why}.");

    /// <summary>Shows this in a sentence; what was shown of its parts stays.</summary>
    public StageShown Show(string note) => (Run.Shown ?? new()) with { Note = note };
}
