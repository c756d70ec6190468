namespace Slipway.Client.Uploads;

/// <summary>The file became shorter while it was being sent.</summary>
public sealed class FileChangedException(string path)
    : Exception($"{path} changed while it was being sent.");
