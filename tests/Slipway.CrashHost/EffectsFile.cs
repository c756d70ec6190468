using System.Globalization;
using Slipway.DeploymentTypes.Scripted;

namespace Slipway.CrashHost;

/// <summary>One line an effect, in the file before the call returns.</summary>
internal sealed class EffectsFile(string path) : IScriptedEffects
{
    private readonly Lock turn = new();

    public void Record(string key, int answer)
    {
        lock (turn)
            File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{key} {answer}\n"));
    }
}
