using Orleans.Concurrency;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>The one place that judges a deployment. The key is the deployment's id.</summary>
internal interface IVerdictGrain : IGrainWithStringKey
{
    /// <summary>Looks at what is known by now. The argument is a VerdictQuestion as JSON, the answer a VerdictView.</summary>
    Task<string> LookAsync(string question);

    /// <summary>Looks again by itself, and does what follows after the deployment's end. Safe to call at any time.</summary>
    [OneWay]
    Task GoOnAsync();
}
