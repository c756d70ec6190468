namespace Slipway.Cli.Output;

/// <summary>Colours text, or leaves it as it is where nobody sees colours.</summary>
internal sealed class Ink(bool on)
{
    public bool On => on;

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("31", text);

    public string Busy(string text) => Paint("36", text);

    public string Warn(string text) => Paint("33", text);

    public string Dim(string text) => Paint("90", text);

    public string Strong(string text) => Paint("1", text);

    private string Paint(string code, string text) => on && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
