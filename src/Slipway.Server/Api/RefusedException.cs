namespace Slipway.Server.Api;

/// <summary>Something that is needed on the way cannot be had; whoever asked is answered with this refusal.</summary>
internal sealed class RefusedException(Refusal refusal, Exception? cause = null) : Exception(refusal.Detail, cause)
{
    public Refusal Refusal => refusal;
}
