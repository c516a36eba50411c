<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

${msg("wiseSyncCodeEmailIntro")}

    ${code}

${msg("wiseSyncCodeEmailValid", minutes)}

${msg("wiseSyncCodeEmailNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
