<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

${msg("wiseSyncNewEmailIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncNewEmailNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
