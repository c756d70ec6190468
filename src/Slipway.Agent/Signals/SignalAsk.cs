using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Signals;

/// <summary>A question for what was measured, and what its asker was told already and need not be told again.</summary>
internal sealed class SignalAsk(TellSignals request)
{
    /// <summary>A service whose errors always are of new kinds must not fill the memory: known texts are told again then.</summary>
    private const int MostTexts = 1_000;

    private readonly HashSet<uint> textsTold = [];

    public string Asker => request.Asker;

    public long FromStep => request.FromStep;

    public long Until => request.Until;

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Of which starts the asker knows, as the history counts their changes.</summary>
    public int StartsTold { get; private set; } = -1;

    /// <summary>Kinds of lines and own metrics of which the asker knows what they are.</summary>
    public IReadOnlySet<uint> TextsTold => textsTold;

    public bool WantsKinds => request.Series.Count == 0;

    public bool IsOf(string service) => request.Service == service;

    public bool Wants(string signal) => request.Series.Count == 0 || request.Series.Contains(signal);

    public void Told(Contracts.Agent.V1.Signals message, int starts)
    {
        StartsTold = starts;
        if (textsTold.Count >= MostTexts)
            textsTold.Clear();

        textsTold.UnionWith(message.Kinds.Select(kind => kind.Id));
        textsTold.UnionWith(message.Series.Select(series => series.Id));
    }

    /// <summary>What comes now has nothing to do with what came before.</summary>
    public void Forget()
    {
        StartsTold = -1;
        textsTold.Clear();
    }
}
